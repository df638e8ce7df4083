package io.platform.storage;

import java.util.Map;

/** How to upload one object: a request that holds no credential but its own signature. */
public record SignedUpload(String method, String url, Map<String, String> headers) {
  /** Copies the headers. */
  public SignedUpload {
    headers = Map.copyOf(headers);
  }
}
