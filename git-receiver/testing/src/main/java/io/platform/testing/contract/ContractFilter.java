package io.platform.testing.contract;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what a JDK {@code HttpServer} takes and answers against the contract. */
public final class ContractFilter extends Filter {
  private final ContractRecord record;

  public ContractFilter(ContractRecord record) {
    this.record = record;
  }

  @Override
  public String description() {
    return "holds exchanges against openapi.json";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    exchange.setStreams(
        new ByteArrayInputStream(request), new Copying(exchange.getResponseBody(), answer));
    try {
      chain.doFilter(exchange);
    } finally {
      if (exchange.getResponseCode() != -1) {
        record.check(
            new RecordedExchange(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                body(exchange.getRequestHeaders().getFirst("Content-Type"), request),
                exchange.getResponseCode(),
                body(
                    exchange.getResponseHeaders().getFirst("Content-Type"), answer.toByteArray())));
      }
    }
  }

  private static RecordedExchange.Body body(@Nullable String type, byte[] bytes) {
    return new RecordedExchange.Body(
        Optional.ofNullable(type), new String(bytes, StandardCharsets.UTF_8));
  }

  /** Writes what it writes into a copy, too. */
  private static final class Copying extends FilterOutputStream {
    private final OutputStream copy;

    Copying(OutputStream out, OutputStream copy) {
      super(out);
      this.copy = copy;
    }

    @Override
    public void write(int value) throws IOException {
      copy.write(value);
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      copy.write(bytes, from, count);
      out.write(bytes, from, count);
    }
  }
}
