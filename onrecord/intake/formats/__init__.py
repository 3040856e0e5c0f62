"""Readers of foreign formats: bytes → Document, with what each leaves out and why."""
