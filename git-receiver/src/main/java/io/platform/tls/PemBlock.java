package io.platform.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (RFC 7468): {@code -----BEGIN LABEL-----}, Base64, {@code -----END
 * LABEL-----}. What is between blocks is a comment.
 *
 * @param encrypted whether it has the header of OpenSSL's older encryption (RFC 1421)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, boolean encrypted, byte[] der) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----([^-]*+(?:-(?!----END)[^-]*+)*+)-----END \\1-----");

  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");

  /**
   * All blocks of a text.
   *
   * @param what it is, as the user calls it
   */
  static List<PemBlock> parse(String text, String what) throws CertificateProblem {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String content = block.group(2);
      boolean encrypted = content.contains("ENCRYPTED");
      try {
        byte[] der = Base64.getMimeDecoder().decode(HEADER.matcher(content).replaceAll(""));
        blocks.add(new PemBlock(block.group(1), encrypted, der));
      } catch (IllegalArgumentException e) {
        throw new CertificateProblem(
            "%s is damaged: its block %s is not Base64. Copy the file again."
                .formatted(what, block.group(1)),
            e);
      }
    }
    return blocks;
  }
}
