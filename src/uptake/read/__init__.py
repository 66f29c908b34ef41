"""bytes -> Conversation."""
