"""Claims -> knowledge."""
