"""The merged chronology: what every agency's records say happened, by date, side by side."""
