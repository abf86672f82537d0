package dev.trackside.access;

/** Something that a registry stores. */
public sealed interface RegistryEntry permits Claim, Link, Secret {}
