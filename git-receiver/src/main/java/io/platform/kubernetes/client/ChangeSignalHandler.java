package io.platform.kubernetes.client;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/**
 * Raises a signal on every event of an informer.
 *
 * @param changes the signal
 */
public record ChangeSignalHandler<T>(ChangeSignal changes) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    changes.signal();
  }

  @Override
  public void onUpdate(T before, T now) {
    changes.signal();
  }

  @Override
  public void onDelete(T object, boolean lastStateUnknown) {
    changes.signal();
  }
}
