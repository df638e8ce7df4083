package io.platform.git.push;

import io.platform.git.source.SourceFault;
import java.util.List;

/**
 * Why a push, or a ref of it, is not taken. {@link PushRefusalMessages} makes sentences of it, for
 * the pusher.
 */
public sealed interface PushRefusal
    permits UploadRefusal, RefRefusal, ServerRefusal, PushRefusal.OfSource {
  /** The pushed tree cannot be deployed. */
  record OfSource(List<SourceFault> faults) implements PushRefusal {}
}
