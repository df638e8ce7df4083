package io.platform.slug.build.check;

import java.util.List;

/**
 * A programming language that no buildpack here supports.
 *
 * <p>The files are those by which Heroku's buildpacks, and Dokku's, know an app of the language.
 */
public enum Language {
  PYTHON(
      "Python",
      "requirements.txt Pipfile pyproject.toml poetry.lock uv.lock setup.py"
          + " environment.yml environment.yaml",
      "python3",
      "python python3 gunicorn uvicorn hypercorn waitress-serve flask django-admin celery streamlit pipenv"
          + " poetry uv"),
  RUBY(
      "Ruby", "Gemfile gems.rb", "ruby", "ruby bundle bundler rails rake rackup puma unicorn thin"),
  PHP("PHP", "composer.json index.php", "php", "php composer heroku-php-apache2 heroku-php-nginx"),
  GO("Go", "go.mod Gopkg.toml glide.yaml Godeps *.go", "", "go"),
  RUST("Rust", "Cargo.toml", "", "cargo"),
  JAVA("Java", "pom.xml build.gradle build.gradle.kts settings.gradle", "", "java mvn gradle"),
  SCALA("Scala", "build.sbt", "", "java sbt"),
  CLOJURE("Clojure", "project.clj deps.edn", "", "java lein clojure"),
  ELIXIR("Elixir", "mix.exs", "", "mix elixir"),
  DOTNET(".NET", "*.csproj *.fsproj *.sln", "", "dotnet"),
  HASKELL("Haskell", "stack.yaml package.yaml", "", "stack"),
  SWIFT("Swift", "Package.swift", "", "swift");

  private final String label;
  private final String files;
  private final String interpreter;
  private final String programs;

  Language(String label, String files, String interpreter, String programs) {
    this.label = label;
    this.files = files;
    this.interpreter = interpreter;
    this.programs = programs;
  }

  /** As people write it. */
  public String label() {
    return label;
  }

  /** The names that tell of it, at the root of the tree; {@code *.x} is any name that ends so. */
  List<String> files() {
    return List.of(files.split(" ", -1));
  }

  boolean compiled() {
    return interpreter.isEmpty();
  }

  /** The program that runs its source; empty where it is compiled. */
  String interpreter() {
    return interpreter;
  }

  /** Whether a command that begins with this program is one of an app of the language. */
  public boolean starts(String program) {
    return List.of(programs.split(" ", -1)).contains(program);
  }
}
