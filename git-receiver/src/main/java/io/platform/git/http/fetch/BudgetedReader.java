package io.platform.git.http.fetch;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.StoredObjectRepresentationNotAvailableException;
import org.eclipse.jgit.internal.storage.pack.CachedPack;
import org.eclipse.jgit.internal.storage.pack.ObjectReuseAsIs;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BitmapIndex.BitmapBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Reads objects within a budget. Negotiating and counting look up an object at every step, and tell
 * nobody of their progress: this is where they can be stopped.
 */
final class BudgetedReader extends ObjectReader.Filter implements ObjectReuseAsIs {
  private final ObjectReader reader;
  private final ObjectReuseAsIs reuse;
  private final FetchBudget budget;

  BudgetedReader(ObjectReader reader, FetchBudget budget) {
    this.reader = reader;
    this.reuse = (ObjectReuseAsIs) reader;
    this.budget = budget;
  }

  @Override
  protected ObjectReader delegate() {
    return reader;
  }

  @Override
  public ObjectReader newReader() {
    return new BudgetedReader(reader.newReader(), budget);
  }

  @Override
  public boolean has(AnyObjectId id) throws IOException {
    budget.check();
    return reader.has(id);
  }

  @Override
  public boolean has(AnyObjectId id, int type) throws IOException {
    budget.check();
    return reader.has(id, type);
  }

  @Override
  public ObjectLoader open(AnyObjectId id) throws IOException {
    budget.check();
    return reader.open(id);
  }

  @Override
  public ObjectLoader open(AnyObjectId id, int type) throws IOException {
    if (type == Constants.OBJ_COMMIT) {
      budget.hold();
    }
    budget.check();
    return reader.open(id, type);
  }

  @Override
  public long getObjectSize(AnyObjectId id, int type) throws IOException {
    budget.check();
    return reader.getObjectSize(id, type);
  }

  @Override
  public ObjectToPack newObjectToPack(AnyObjectId id, int type) {
    budget.hold();
    return reuse.newObjectToPack(id, type);
  }

  @Override
  public void selectObjectRepresentation(
      PackWriter packer, ProgressMonitor monitor, Iterable<ObjectToPack> objects)
      throws IOException {
    reuse.selectObjectRepresentation(packer, monitor, objects);
  }

  @Override
  public void writeObjects(PackOutputStream out, List<ObjectToPack> list) throws IOException {
    reuse.writeObjects(out, list);
  }

  @Override
  public void copyObjectAsIs(PackOutputStream out, ObjectToPack object, boolean validate)
      throws IOException, StoredObjectRepresentationNotAvailableException {
    budget.check();
    reuse.copyObjectAsIs(out, object, validate);
  }

  @Override
  public void copyPackAsIs(PackOutputStream out, CachedPack pack) throws IOException {
    reuse.copyPackAsIs(out, pack);
  }

  @Override
  public Collection<CachedPack> getCachedPacksAndUpdate(BitmapBuilder needed) throws IOException {
    return reuse.getCachedPacksAndUpdate(needed);
  }
}
