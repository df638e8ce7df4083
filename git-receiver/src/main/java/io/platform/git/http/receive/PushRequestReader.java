package io.platform.git.http.receive;

import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PacketLines;
import io.platform.git.push.RefLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the list of commands and the push options that come before a pack (gitprotocol-pack(5),
 * "Reference Update Request and Packfile Transfer"). It holds no more in memory than the limits
 * allow.
 */
public final class PushRequestReader {
  private static final Pattern COMMAND =
      Pattern.compile("([0-9a-f]{40}) ([0-9a-f]{40}) (.+)", Pattern.DOTALL);
  private static final Pattern SHALLOW = Pattern.compile("shallow [0-9a-f]{40}");
  private static final String NOTHING = "0".repeat(40);

  /** Of the lines that are no commands: the edges of a shallow clone. */
  private static final int OTHER_BYTES = 2 * 1024 * 1024;

  private static final int COMMAND_BYTES = 128;

  private final PacketLines lines;
  private final RefLimits limits;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private Set<String> capabilities = Set.of();
  private boolean sideBand;
  private int creates;
  private int deletes;
  private int commands;

  public PushRequestReader(InputStream body, RefLimits limits) {
    this.lines = new PacketLines(body);
    this.limits = limits;
  }

  /** The most bytes that come before a pack. */
  static long mostBytes(RefLimits limits) {
    return OTHER_BYTES
        + (long) limits.perPush() * (limits.nameBytes() + COMMAND_BYTES)
        + (long) limits.options() * (limits.optionBytes() + COMMAND_BYTES);
  }

  public PushRequest read() throws IOException {
    try {
      readCommands();
      if (capabilities.contains("push-options")) {
        readOptions();
      }
      return new PushRequest(head.toByteArray(), commands, creates, deletes, sideBand);
    } catch (MalformedRequest e) {
      throw new PushRequestRefused(String.valueOf(e.getMessage()), sideBand);
    }
  }

  private void readCommands() throws IOException {
    boolean first = true;
    for (PacketLines.Line line = next("the list of refs"); !line.isFlush(); ) {
      if (line.isDelimiter()) {
        throw lines.bad("is a delimiter (0001), which a push has none of");
      }
      String text = line.text();
      if (first && text.indexOf('\0') >= 0) {
        readCapabilities(text.substring(text.indexOf('\0') + 1));
        text = text.substring(0, text.indexOf('\0'));
      }
      if (!SHALLOW.matcher(text).matches()) {
        readCommand(text);
        first = false;
      }
      line = next("the list of refs");
    }
    if (commands == 0) {
      throw new MalformedRequest("The push names no ref that it wants to change.");
    }
  }

  private void readCapabilities(String text) throws MalformedRequest {
    capabilities = Set.copyOf(Arrays.asList(text.strip().split(" +", -1)));
    sideBand = capabilities.contains("side-band-64k");
    if (capabilities.contains("atomic")) {
      throw new MalformedRequest(
          "This platform does not take atomic pushes: the deploy branch moves when its build is up, and other refs do not wait for that. Push without --atomic.");
    }
    for (String capability : capabilities) {
      if (capability.startsWith("object-format=") && !capability.equals("object-format=sha1")) {
        throw new MalformedRequest(
            "This platform keeps repositories with SHA-1 object names, and the push says %s."
                .formatted(PacketLines.printable(capability)));
      }
    }
  }

  private void readCommand(String text) throws MalformedRequest {
    if (text.equals("push-cert")) {
      throw new MalformedRequest(
          "This platform does not take signed pushes. Push without --signed.");
    }
    Matcher command = COMMAND.matcher(text);
    if (!command.matches()) {
      throw lines.bad(
          "is no command: \"%s\", where two object names of 40 hexadecimal digits and a ref are expected"
              .formatted(PacketLines.printable(text)));
    }
    if (++commands > limits.perPush()) {
      throw new MalformedRequest(
          "The push changes more than %,d refs, which is this platform's limit for one push. Push those that you need by name, or in several pushes."
              .formatted(limits.perPush()));
    }
    checkName(command.group(3));
    if (command.group(2).equals(NOTHING)) {
      deletes++;
    } else if (command.group(1).equals(NOTHING)) {
      creates++;
    }
  }

  private void checkName(String ref) throws MalformedRequest {
    int bytes = ref.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.nameBytes()) {
      throw new MalformedRequest(
          "The name of a ref has %,d bytes, and this platform takes %,d: %s"
              .formatted(bytes, limits.nameBytes(), PacketLines.printable(ref)));
    }
    for (String part : ref.split("/", -1)) {
      if (part.getBytes(StandardCharsets.UTF_8).length > 200) {
        throw new MalformedRequest(
            "The name of a ref has a part of more than 200 bytes between two slashes: "
                + PacketLines.printable(ref));
      }
    }
  }

  private void readOptions() throws IOException {
    int options = 0;
    for (PacketLines.Line line = next("the push options"); !line.isFlush(); ) {
      if (++options > limits.options()) {
        throw new MalformedRequest(
            "The push has more than %,d push options (-o), which is this platform's limit."
                .formatted(limits.options()));
      }
      if (line.bytes().length > limits.optionBytes()) {
        throw new MalformedRequest(
            "A push option (-o) is longer than %,d bytes, which is this platform's limit."
                .formatted(limits.optionBytes()));
      }
      line = next("the push options");
    }
  }

  private PacketLines.Line next(String where) throws IOException {
    Optional<PacketLines.Line> line = lines.next();
    if (line.isEmpty()) {
      throw new MalformedRequest(
          head.size() == 0
              ? "The push is empty: it names no ref that it wants to change."
              : "The request does not follow git's protocol: it ends in %s, before a flush packet (0000)."
                  .formatted(where));
    }
    head.writeBytes(line.get().bytes());
    if (head.size() > mostBytes(limits)) {
      throw new MalformedRequest("What the push says before its pack is too long.");
    }
    return line.get();
  }
}
