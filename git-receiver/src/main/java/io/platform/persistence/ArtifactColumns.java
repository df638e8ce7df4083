package io.platform.persistence;

import io.platform.domain.Artifact;
import io.platform.domain.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * An artifact in the columns of a release: the kind, and what that kind has. Those of the other
 * kind are null.
 */
record ArtifactColumns(
    String kind,
    Optional<StoredObject> object,
    Optional<String> reference,
    Optional<String> digest) {
  private static final String SLUG = "slug";
  private static final String IMAGE = "image";

  static ArtifactColumns of(Artifact artifact) {
    return switch (artifact) {
      case Artifact.Slug(StoredObject object) ->
          new ArtifactColumns(SLUG, Optional.of(object), Optional.empty(), Optional.empty());
      case Artifact.Image(String reference, String digest) ->
          new ArtifactColumns(IMAGE, Optional.empty(), Optional.of(reference), Optional.of(digest));
    };
  }

  static Artifact read(ResultSet row) throws SQLException {
    String kind = row.getString("artifact");
    return switch (kind) {
      case SLUG ->
          new Artifact.Slug(
              Columns.object(row, "artifact")
                  .orElseThrow(() -> new SQLException("a slug without a key")));
      case IMAGE ->
          new Artifact.Image(row.getString("artifact_reference"), row.getString("artifact_digest"));
      default -> throw new SQLException("unknown artifact " + kind);
    };
  }
}
