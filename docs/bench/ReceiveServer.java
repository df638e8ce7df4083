import io.javalin.Javalin;
import io.platform.access.Authentication;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.app.AppPath;
import io.platform.app.InstanceId;
import io.platform.app.LocalSignals;
import io.platform.app.LogFollower;
import io.platform.app.ObjectKeys;
import io.platform.app.Stores;
import io.platform.app.sql.DatabaseConfig;
import io.platform.app.sql.SqlStores;
import io.platform.receiver.http.FetchLimits;
import io.platform.receiver.http.GitFilter;
import io.platform.receiver.pack.PackLimits;
import io.platform.receiver.pack.PackReceiver;
import io.platform.receiver.push.PushHook;
import io.platform.receiver.push.PushLimits;
import io.platform.receiver.push.PushPipeline;
import io.platform.receiver.repo.DirectoryRepositories;
import io.platform.storage.DirectUrls;
import io.platform.storage.ObjectStores;
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
    SqlStores sql = SqlStores.open(DatabaseConfig.file(root.resolve("platform.db")), signals, "localhost");
    Stores stores = new Stores(sql.apps(), sql.builds(), sql.releases(), sql.buildLog(), signals);
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      stores.apps().create("bench", new AppPath("bench", "app-" + i), Optional.empty());
    }
    URI base = URI.create("http://localhost");
    var objects =
        ObjectStores.open(root.resolve("objects").toUri(), new DirectUrls(base, DirectUrls.newSecret(), Clock.systemUTC()))
            .store();
    var repositories = new DirectoryRepositories(root.resolve("repos"), "bench");
    var follower = new LogFollower(stores.builds(), stores.log(), signals, objects::open);
    var parts =
        new PushPipeline.Parts(stores, follower, repositories, objects, new ObjectKeys("bench"), build -> {});
    var limits = PushLimits.defaults();
    var pipeline = new PushPipeline(parts, limits, new InstanceId("bench"), Clock.systemUTC());
    Principal user =
        new Principal("bench", "bench@localhost", "bench", List.of(new Principal.Membership("bench", "bench", Role.OWNER)));
    GitFilter git =
        new GitFilter(
            header -> new Authentication.Accepted(user),
            new Permissions(stores.apps()),
            repositories,
            new PushHook(pipeline),
            limits,
            FetchLimits.defaults(),
            new PackReceiver(PackLimits.defaults()),
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
}
