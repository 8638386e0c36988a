"""What the keeper of the machine lives by: backup, restore, check, the nightly backup (docs/decisions/0026)."""
