"""The SDK that runs inside a guest."""
