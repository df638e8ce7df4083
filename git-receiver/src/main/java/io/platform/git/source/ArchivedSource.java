package io.platform.git.source;

/**
 * What was archived of a commit's tree.
 *
 * @param files and links
 * @param bytes of the files, unpacked
 */
public record ArchivedSource(int files, long bytes) {}
