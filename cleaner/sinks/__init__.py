"""Where results go: mirrored folders, one file, standard output. Files appear whole or not at all."""
