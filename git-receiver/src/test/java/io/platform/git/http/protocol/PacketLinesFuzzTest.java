package io.platform.git.http.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.platform.git.http.fetch.CheckedFetchBody;
import io.platform.git.http.fetch.FetchLimits;
import io.platform.git.http.fetch.FetchRequest;
import io.platform.git.http.receive.PushRequest;
import io.platform.git.http.receive.PushRequestReader;
import io.platform.git.http.receive.PushRequestRefused;
import io.platform.git.push.RefLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.PackProtocolException;

/** Whatever a request has in place of pkt-lines: it is read, or refused with a sentence. */
class PacketLinesFuzzTest {
  private static final RefLimits REFS = RefLimits.defaults();
  private static final FetchLimits FETCHES = FetchLimits.defaults();

  /** What comes before the pack of a push; JGit is then given exactly what was read. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 1_800_000)
  void push(byte[] body) throws IOException {
    try {
      PushRequest request = new PushRequestReader(new ByteArrayInputStream(body), REFS).read();

      assertThat(body).startsWith(request.replay(InputStream.nullInputStream()).readAllBytes());
      assertThat(request.creates() + request.deletes()).isBetween(0, REFS.perPush());
    } catch (PushRequestRefused e) {
      assertThat(e.getMessage()).isNotBlank().matches("[ -~…]*");
    }
  }

  /** A fetch, of which no byte is lost or changed before it is refused. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 1_000_000)
  void fetch(byte[] body) throws IOException {
    byte[] read = new byte[body.length + 1];
    int length = 0;
    try (FetchRequest request =
        new FetchRequest(new CheckedFetchBody(new ByteArrayInputStream(body)), FETCHES)) {
      for (int count = 0; count >= 0; length += count) {
        count = request.read(read, length, read.length - length);
        if (count < 0) {
          break;
        }
      }
      assertThat(length).isEqualTo(body.length);
    } catch (PackProtocolException e) {
      assertThat(e.getMessage()).isNotBlank().matches("[ -~…]*");
    }
    for (int i = 0; i < length; i++) {
      assertThat(read[i]).isEqualTo(body[i]);
    }
  }
}
