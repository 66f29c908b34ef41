"""observatory.toml -> Config: the only reader of settings."""
