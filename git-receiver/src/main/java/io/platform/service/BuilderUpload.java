package io.platform.service;

/** What a builder stores. */
public enum BuilderUpload {
  SLUG,
  CACHE
}
