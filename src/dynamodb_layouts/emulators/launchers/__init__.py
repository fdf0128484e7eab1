"""Scripts that run inside the emulators' own environments."""
