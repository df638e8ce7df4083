package io.platform.commons.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Tells why a file could not be used: the message of some exceptions is its path alone. */
public final class FileFailure {
  private FileFailure() {}

  /** A clause such as {@code /app/x: permission denied}; of other failures their message. */
  public static String reason(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + why(file);
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "no reason was given" : message;
  }

  private static String why(FileSystemException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "permission denied";
      case NoSuchFileException e -> "there is no such file or directory";
      case FileAlreadyExistsException e -> "there is such a file already";
      case NotDirectoryException e -> "it is not a directory";
      case DirectoryNotEmptyException e -> "it is a directory that is not empty";
      default -> "the system refused it";
    };
  }
}
