// Goes with the first file of this folder.
