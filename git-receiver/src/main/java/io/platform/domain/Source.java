package io.platform.domain;

/** The tree that a build is made from, as it is stored. */
public record Source(StoredObject object, SourceFormat format) {}
