"""The application around the rules: what is stored, what people do, what screens show."""
