package io.platform.storage;

import java.util.Map;

/** A signed request to upload one object, which holds no credential but its signature. */
public record SignedUpload(String method, String url, Map<String, String> headers) {
  /** Copies the headers. */
  public SignedUpload {
    headers = Map.copyOf(headers);
  }
}
