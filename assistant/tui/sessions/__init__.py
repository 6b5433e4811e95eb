"""The page of earlier conversations: found, looked into, taken up again, renamed, exported."""
