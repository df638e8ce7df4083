package io.platform.git.http.protocol;

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
}
