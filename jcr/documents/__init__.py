"""Documents of the office: plain values in, the bytes of an accessible PDF out."""
