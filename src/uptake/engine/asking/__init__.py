"""Asking a language model behind an endpoint: connections, waits, and answers kept on disk."""
