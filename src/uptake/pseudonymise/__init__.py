"""Conversation -> Messages."""
