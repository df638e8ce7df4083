package io.platform.build.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.build.LeaseConfig;
import io.platform.build.LeaseConfig.Receivers;
import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.support.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeaseRenewerTest {
  @TempDir Path data;

  @Test
  void renewsTheLeaseAgainAndAgainUntilThePushIsReceived() throws Exception {
    try (TestPlatform platform = new TestPlatform(data);
        LeaseRenewer leases =
            new LeaseRenewer(
                platform.stores.builds(),
                new InstanceId("receiver-1"),
                new LeaseConfig(Duration.ofMillis(30), Receivers.SEVERAL))) {
      App app = platform.app("shop");
      Origin.Push push =
          new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "dev@example.com");
      BuildId build = platform.received(app, push).id();
      leases.start();
      try (LeaseRenewer.Renewal _ = leases.keep(build)) {
        await().until(() -> platform.row(build).lease().renewals() >= 3);
      }
      long renewals = platform.row(build).lease().renewals();
      leases.renew();
      assertThat(platform.row(build).lease().renewals()).isEqualTo(renewals);
    }
  }
}
