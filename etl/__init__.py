"""Everything that talks to the outside: declarations, snapshots, readers, harmonisation and the build."""
