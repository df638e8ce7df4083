import io.javalin.Javalin;
import io.platform.access.Authentication;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.bootstrap.ObjectStores;
import io.platform.build.LeaseConfig;
import io.platform.build.Supervisor;
import io.platform.build.intake.BuildAdmission;
import io.platform.build.intake.BuildIntake;
import io.platform.build.intake.SourceStore;
import io.platform.build.recovery.LeaseRenewer;
import io.platform.buildlog.LogFollower;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.AppPath;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.Stores;
import io.platform.git.http.GitFilter;
import io.platform.git.http.fetch.FetchService;
import io.platform.git.http.lfs.LfsLimits;
import io.platform.git.http.lfs.LfsService;
import io.platform.git.http.receive.PushService;
import io.platform.git.http.fetch.FetchLimits;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.pack.PackLimits;
import io.platform.git.pack.PackReceiver;
import io.platform.git.push.PushHook;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushPipeline;
import io.platform.git.push.PushedSources;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.persistence.ConfigKeySource;
import io.platform.persistence.ConfigKeys;
import io.platform.persistence.SqlStores;
import io.platform.signal.LocalSignals;
import io.platform.storage.signed.SignedUrls;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;

/** The receiver alone: DIRECTORY APPS. Everybody may push to /bench/app-N.git; nothing is built. Prints its port. */
class ReceiveServer {
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    LocalSignals signals = new LocalSignals();
    SqlStores sql = SqlStores.open(DatabaseConfig.file(root.resolve("platform.db")), signals, "localhost",
        ConfigKeySource.of(ConfigKeys.parse(List.of(ConfigKeys.newKey())), "this program"));
    Stores stores = sql.stores();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      stores.apps().create("bench", new AppPath("bench", "app-" + i), Optional.empty(), "bench");
    }
    URI base = URI.create("http://localhost");
    var objects =
        ObjectStores.open(root.resolve("objects").toUri(), new SignedUrls(base, SignedUrls.newSecret(), Clock.systemUTC()))
            .store();
    var repositories = new DirectoryRepositories(root.resolve("repos"), "bench", sql.appLocks());
    var requests = new LongRequests();
    var follower = new LogFollower(stores.builds(), stores.log(), signals, objects::open, requests);
    var limits = PushLimits.defaults();
    var intake =
        new BuildIntake(
            new BuildAdmission(
                stores.builds(),
                stores.signals(),
                new LeaseRenewer(stores.builds(), new InstanceId("bench"), LeaseConfig.defaults()),
                limits.intake().buildTime(),
                Clock.systemUTC()),
            new SourceStore(objects, new ObjectKeys("bench"), limits.intake().storeRetryTime()),
            new NoSupervisor());
    var lfs = new LfsObjects(objects, new ObjectKeys("bench"));
    var pipeline =
        new PushPipeline(
            intake,
            new PushedSources(
                stores.apps(), stores.log(), follower, repositories, lfs, limits),
            stores.builds(),
            Clock.systemUTC());
    Principal user =
        new Principal.User("bench", "bench@localhost", "bench", List.of(new Principal.Membership("bench", "bench", Role.OWNER)));
    GitFilter git =
        new GitFilter(
            header -> new Authentication.Accepted(user),
            new Permissions(stores.apps()),
            new FetchService(repositories, FetchLimits.defaults()),
            new PushService(
                repositories, new PushHook(pipeline), limits, new PackReceiver(PackLimits.defaults()), requests),
            new LfsService(lfs, LfsLimits.defaults(), new PublicUrls(base), requests),
            base);
    Javalin server =
        Javalin.create(
            config ->
                config.jetty.modifyServletContextHandler(
                    context -> {
                      FilterHolder holder = new FilterHolder(git);
                      holder.setAsyncSupported(true);
                      context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
                    }));
    System.out.println(server.start("127.0.0.1", 0).port());
    System.in.read();
    System.exit(0);
  }

  private static final class NoSupervisor implements Supervisor {
    @Override
    public void supervise(BuildId build) {}

    @Override
    public boolean giveUp(BuildId build, BuildEnd.Failed why) {
      return false;
    }
  }
}
