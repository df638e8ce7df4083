package io.platform.storage;

import java.time.Instant;

/**
 * What is known of an object.
 *
 * @param size in bytes
 * @param sha256Hex its SHA-256, as 64 hexadecimal digits; empty in a listing where the store cannot
 *     tell it cheaply
 */
public record ObjectInfo(String key, long size, String sha256Hex, Instant modified) {}
