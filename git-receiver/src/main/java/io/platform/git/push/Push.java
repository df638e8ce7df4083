package io.platform.git.push;

import io.platform.domain.App;
import io.platform.git.repository.Quarantine;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * A push whose objects are in quarantine.
 *
 * @param by who pushes (e-mail)
 * @param commands what the client wants; each gets its result
 * @param options what the client says beside them, as it says it
 * @param deadline when it has to be over
 * @param refUpdater moves a ref that is not built, and sets the command's result
 */
public record Push(
    App app,
    String by,
    Quarantine quarantine,
    Collection<ReceiveCommand> commands,
    List<String> options,
    Consumer<ReceiveCommand> refUpdater,
    PushClient pusher,
    PushDeadline deadline) {}
