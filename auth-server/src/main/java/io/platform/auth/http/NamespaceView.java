package io.platform.auth.http;

import io.platform.auth.account.Membership;
import java.util.List;

/** A namespace as JSON answers show it. */
record NamespaceView(String name, String customer, String role) {

  static NamespaceView of(Membership membership) {
    return new NamespaceView(
        membership.namespace().value(), membership.customer(), membership.role().wire());
  }

  static List<NamespaceView> of(List<Membership> memberships) {
    return memberships.stream().map(NamespaceView::of).toList();
  }
}
