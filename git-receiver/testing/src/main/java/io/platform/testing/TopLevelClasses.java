package io.platform.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Each top-level class as a slice; nested classes count as the class that they are nested in. */
public final class TopLevelClasses implements SliceAssignment {
  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
  }

  @Override
  public String getDescription() {
    return "top-level classes";
  }
}
