package io.platform.domain;

/**
 * An object in the object store.
 *
 * @param key its key, see {@link ObjectKeys}
 * @param size in bytes
 */
public record StoredObject(String key, long size, Sha256 sha256) {}
