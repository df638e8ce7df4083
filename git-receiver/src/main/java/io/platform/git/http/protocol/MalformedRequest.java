package io.platform.git.http.protocol;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * A request breaks git's protocol or exceeds a limit; the message is a sentence for the client.
 * JGit passes such messages on to clients that fetch.
 */
public final class MalformedRequest extends PackProtocolException {
  private static final long serialVersionUID = 1L;

  public MalformedRequest(String sentence) {
    super(sentence);
  }

  /** The HTTP below broke off, or is none. */
  public static MalformedRequest broken() {
    return new MalformedRequest("The request's body ended early, or is not valid HTTP. Try again.");
  }

  /** The client sent nothing for longer than a connection may be idle. */
  public static MalformedRequest silent() {
    return new MalformedRequest(
        "The request stopped halfway and was ended. Check the connection, then try again.");
  }

  /** Whether a read failed because of such a silence. */
  public static boolean isSilence(IOException failure) {
    return failure.getCause() instanceof TimeoutException;
  }
}
