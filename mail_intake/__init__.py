"""Mail in: bytes from a mailbox become a verdict that the registry of cases can act upon."""
