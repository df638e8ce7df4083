package io.platform.git.http.fetch;

import java.io.IOException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository that one fetch reads, within its budget. */
final class BudgetedRepository extends FileRepository {
  private final FetchBudget budget;

  private BudgetedRepository(FileRepositoryBuilder place, FetchBudget budget) throws IOException {
    super(place);
    this.budget = budget;
  }

  /** Opens the same repository once more. */
  static BudgetedRepository of(Repository repository, FetchBudget budget) throws IOException {
    return new BudgetedRepository(
        new FileRepositoryBuilder().setGitDir(repository.getDirectory()).setBare().setup(), budget);
  }

  @Override
  public ObjectReader newObjectReader() {
    return new BudgetedReader(super.newObjectReader(), budget);
  }
}
