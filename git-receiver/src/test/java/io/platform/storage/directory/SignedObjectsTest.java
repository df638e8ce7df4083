package io.platform.storage.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.bootstrap.ObjectStores;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectStoreContract;
import io.platform.storage.ObjectWriter;
import io.platform.storage.SignedUpload;
import io.platform.storage.directory.SignedObjects.Answer;
import io.platform.storage.signed.SignedUrls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedObjectsTest {
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final String KEY = "c1/acme/shop/builds/b1/slug";
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private ObjectStore store;
  private SignedObjects direct;

  @BeforeEach
  void open() throws IOException {
    SignedUrls urls =
        new SignedUrls(URI.create("http://localhost:8080"), SignedUrls.newSecret(), () -> now);
    ObjectStores.Opened opened = ObjectStores.open(directory.toUri(), urls);
    store = opened.store();
    direct = opened.direct().orElseThrow();
  }

  private static Map<String, String> query(String url) {
    Map<String, String> query = new HashMap<>();
    for (String pair : List.of(URI.create(url).getQuery().split("&"))) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private Map<String, String> uploadQuery() throws Exception {
    return query(
        store.signPut(KEY, CONTENT.length, ObjectStoreContract.sha256(CONTENT), VALID).url());
  }

  private Answer put(Map<String, String> query, byte[] body) throws IOException {
    return direct.put(KEY, query, new ByteArrayInputStream(body));
  }

  private void store() throws IOException {
    try (ObjectWriter writer = store.create(KEY)) {
      writer.write(CONTENT);
      writer.commit();
    }
  }

  @Test
  void storesExactlyWhatTheUrlIsFor() throws Exception {
    SignedUpload upload =
        store.signPut(KEY, CONTENT.length, ObjectStoreContract.sha256(CONTENT), VALID);
    assertThat(upload.method()).isEqualTo("PUT");
    assertThat(upload.url()).startsWith("http://localhost:8080/objects/" + KEY + "?");
    for (int repeat = 0; repeat < 2; repeat++) {
      assertThat(put(query(upload.url()), CONTENT)).isInstanceOf(Answer.Found.class);
    }
    assertThat(store.stat(KEY).orElseThrow().size()).isEqualTo(CONTENT.length);
  }

  @Test
  void storesNothingElse() throws Exception {
    for (String body : List.of("", "conten", "contents", "CONTENT")) {
      assertThat(put(uploadQuery(), body.getBytes(UTF_8)))
          .as(body)
          .isInstanceOf(Answer.Mismatch.class);
    }
    assertThat(store.stat(KEY)).isEmpty();
    try (var partial = java.nio.file.Files.list(directory.resolve(".partial"))) {
      assertThat(partial).isEmpty();
    }
  }

  @Test
  void readsNoMoreThanAnnounced() throws Exception {
    int[] read = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read[0]++;
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            read[0] += length;
            return length;
          }
        };
    assertThat(direct.put(KEY, uploadQuery(), endless)).isInstanceOf(Answer.Mismatch.class);
    assertThat(read[0]).isEqualTo(CONTENT.length + 1);
  }

  @Test
  void getsWhatTheUrlIsFor() throws Exception {
    Map<String, String> query = query(store.signGet(KEY, VALID));
    assertThat(direct.get(KEY, query)).isInstanceOf(Answer.Missing.class);
    store();
    Answer.Found found = (Answer.Found) direct.get(KEY, query);
    try (InputStream in = direct.open(found.object(), 3)) {
      assertThat(in.readAllBytes()).isEqualTo("tent".getBytes(UTF_8));
    }
  }

  @Test
  void isGoodForAWhileOnly() throws Exception {
    store();
    Map<String, String> get = query(store.signGet(KEY, VALID));
    Map<String, String> put = uploadQuery();
    now = now.plus(VALID);
    assertThat(direct.get(KEY, get)).isInstanceOf(Answer.Found.class);
    now = now.plusSeconds(1);
    assertThat(direct.get(KEY, get)).isInstanceOf(Answer.Expired.class);
    assertThat(put(put, CONTENT)).isInstanceOf(Answer.Expired.class);
  }

  @Test
  void isGoodForOneKeyAndMethodAndUpload() throws Exception {
    store();
    Map<String, String> get = query(store.signGet(KEY, VALID));
    assertThat(direct.get("c1/acme/shop/builds/b2/slug", get)).isInstanceOf(Answer.Forged.class);
    assertThat(direct.get("c1/acme/shop/builds/../builds/b1/slug", get))
        .isInstanceOf(Answer.Forged.class);
    assertThat(put(get, CONTENT)).isInstanceOf(Answer.Forged.class);
    Map<String, String> put = uploadQuery();
    assertThat(direct.get(KEY, put)).isInstanceOf(Answer.Forged.class);
    for (Map<String, String> change :
        List.of(
            Map.of("size", "8"),
            Map.of("size", "-1"),
            Map.of("size", ""),
            Map.of("sha256", "0".repeat(64)),
            Map.of("expires", "9999999999"),
            Map.of("expires", "x"),
            Map.of("signature", ""),
            Map.of("signature", "A".repeat(43)))) {
      Map<String, String> changed = new HashMap<>(put);
      changed.putAll(change);
      assertThat(put(changed, CONTENT)).as(change.toString()).isInstanceOf(Answer.Forged.class);
    }
    assertThat(direct.get(KEY, Map.of())).isInstanceOf(Answer.Forged.class);
  }

  @Test
  void anotherInstallationsUrlIsNoGood() throws Exception {
    store();
    SignedUrls foreign =
        new SignedUrls(
            URI.create("http://localhost:8080"), SignedUrls.newSecret(), InstantSource.system());
    assertThat(direct.get(KEY, query(foreign.get(KEY, VALID)))).isInstanceOf(Answer.Forged.class);
  }
}
