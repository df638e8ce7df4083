package io.platform.storage;

/**
 * The digest that S3 keeps of an object of several parts: the SHA-256 of the SHA-256 of each part.
 *
 * @param partSize of all parts but the last
 */
public record PartedDigest(String base64, int parts, long partSize) {}
