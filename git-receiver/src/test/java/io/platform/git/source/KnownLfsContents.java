package io.platform.git.source;

import io.platform.commons.digest.Sha256Digests;
import io.platform.domain.Sha256;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Contents of Git LFS files, in memory. */
final class KnownLfsContents implements LfsContents {
  private final Map<LfsPointer, byte[]> contents = new HashMap<>();

  /** Adds a content, and tells its pointer's text. */
  String add(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Sha256 oid = Sha256.of(Sha256Digests.start().digest(bytes));
    contents.put(new LfsPointer(oid, bytes.length), bytes);
    return "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
        .formatted(oid, bytes.length);
  }

  @Override
  public boolean has(LfsPointer pointer) {
    return contents.containsKey(pointer);
  }

  @Override
  public InputStream open(LfsPointer pointer) {
    return new ByteArrayInputStream(contents.get(pointer));
  }
}
