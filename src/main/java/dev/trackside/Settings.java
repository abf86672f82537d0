package dev.trackside;

import java.nio.file.Path;

public record Settings(int port, String host, Path data) {}
