package io.platform.receiver.push;

import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesNodeProvider;

/** Attributes come from the pushed tree alone, and not from the server's files. */
final class TreeAttributes implements AttributesNodeProvider {
  private static final class Nothing extends AttributesNode {}

  @Override
  public AttributesNode getInfoAttributesNode() {
    return new Nothing();
  }

  @Override
  public AttributesNode getGlobalAttributesNode() {
    return new Nothing();
  }
}
