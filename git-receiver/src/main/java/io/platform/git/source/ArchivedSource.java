package io.platform.git.source;

/**
 * A commit's tree, as it was written into an archive.
 *
 * @param files and links
 * @param bytes of the files, unpacked
 */
public record ArchivedSource(int files, long bytes) {}
