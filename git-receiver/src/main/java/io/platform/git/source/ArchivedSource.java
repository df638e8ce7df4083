package io.platform.git.source;

/**
 * The numbers of files and bytes in the archive of a commit's tree.
 *
 * @param files and links
 * @param bytes of the files, unpacked
 */
public record ArchivedSource(int files, long bytes) {}
