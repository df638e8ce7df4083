package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network policies of a user's namespace. Policies add up: the first lets nothing through, and
 * the operator can allow more with others beside these.
 */
final class NetworkPolicies {
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
  private static final String RECEIVER = "git-receiver";
  private static final int DNS = 53;

  private final InstallationId installation;
  private final NamespaceSettings.Network network;
  private final String namespace;

  NetworkPolicies(
      InstallationId installation, NamespaceSettings.Network network, String namespace) {
    this.installation = installation;
    this.network = network;
    this.namespace = namespace;
  }

  /** Nobody reaches anybody, unless another policy says so. */
  NetworkPolicy nothing() {
    return policy("platform-default", new LabelSelector(), List.of(), List.of());
  }

  /** Builds reach the receiver, the deployer, the object store and the internet; nobody them. */
  NetworkPolicy builds() {
    return policy(
        "platform-builds",
        component(Labels.BUILDER),
        List.of(),
        outside(List.of(tcp(network.platform().receiver()), tcp(network.platform().deployer()))));
  }

  /**
   * Apps reach each other here, the receiver (for their slugs), the object store and the internet;
   * they are reached from here, by the receiver's proxy and by the ingress controller.
   */
  NetworkPolicy apps() {
    NetworkPolicyPeer neighbours =
        new NetworkPolicyPeerBuilder().withPodSelector(component(Labels.APPS)).build();
    List<NetworkPolicyPeer> from = new ArrayList<>(List.of(neighbours, receiver()));
    network.ingressNamespaces().forEach(name -> from.add(namespace(name)));
    List<NetworkPolicyEgressRule> to = new ArrayList<>();
    to.add(to(List.of(neighbours), List.of()));
    to.addAll(outside(List.of(tcp(network.platform().receiver()))));
    return policy(
        "platform-apps",
        component(Labels.APPS),
        List.of(new NetworkPolicyIngressRuleBuilder().withFrom(from).build()),
        to);
  }

  private List<NetworkPolicyEgressRule> outside(List<NetworkPolicyPort> receiverPorts) {
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    rules.add(dns());
    rules.add(to(List.of(receiver()), receiverPorts));
    for (NamespaceSettings.Place place : network.objectStore()) {
      NetworkPolicyPeer peer =
          place.isNetwork() ? addresses(place.where(), List.of()) : namespace(place.where());
      rules.add(to(List.of(peer), List.of(tcp(place.port()))));
    }
    rules.add(
        to(List.of(addresses("0.0.0.0/0", not(false)), addresses("::/0", not(true))), List.of()));
    return rules;
  }

  private NetworkPolicyEgressRule dns() {
    List<NetworkPolicyPeer> servers = new ArrayList<>();
    servers.add(new NetworkPolicyPeerBuilder().withNamespaceSelector(new LabelSelector()).build());
    network.dns().forEach(cidr -> servers.add(addresses(cidr, List.of())));
    return to(servers, List.of(new NetworkPolicyPort(null, new IntOrString(DNS), "UDP"), tcp(DNS)));
  }

  private List<String> not(boolean v6) {
    return network.notTheInternet().stream().filter(cidr -> cidr.contains(":") == v6).toList();
  }

  private NetworkPolicyPeer receiver() {
    return new NetworkPolicyPeerBuilder(namespace(installation.platformNamespace()))
        .withNewPodSelector()
        .addToMatchLabels(Labels.NAME, RECEIVER)
        .endPodSelector()
        .build();
  }

  private static NetworkPolicyPeer namespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels(NAMESPACE_NAME, name)
        .endNamespaceSelector()
        .build();
  }

  private static NetworkPolicyPeer addresses(String cidr, List<String> except) {
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(cidr)
        .withExcept(except)
        .endIpBlock()
        .build();
  }

  private static NetworkPolicyPort tcp(int port) {
    return new NetworkPolicyPort(null, new IntOrString(port), "TCP");
  }

  private static NetworkPolicyEgressRule to(
      List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
    return new NetworkPolicyEgressRuleBuilder().withTo(peers).withPorts(ports).build();
  }

  private static LabelSelector component(String component) {
    return new LabelSelectorBuilder().withMatchLabels(Map.of(Labels.COMPONENT, component)).build();
  }

  private NetworkPolicy policy(
      String name,
      LabelSelector pods,
      List<NetworkPolicyIngressRule> ingress,
      List<NetworkPolicyEgressRule> egress) {
    return new NetworkPolicyBuilder()
        .withMetadata(Labels.metadata(installation, namespace, name))
        .withNewSpec()
        .withPodSelector(pods)
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(ingress)
        .withEgress(egress)
        .endSpec()
        .build();
  }
}
