using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dialogue.Storage;

/// <summary>
/// Chooses the database: <c>Storage:Provider</c> is <c>Sqlite</c> (one file, <c>Storage:Path</c>) or <c>SqlServer</c>
/// (<c>ConnectionStrings:Dialogue</c>). The rest of the program asks for <see cref="DialogueDb"/> within a request and for
/// <see cref="IDbContextFactory{TContext}"/> of <see cref="DialogueDb"/> outside one, and does not know which it got.
/// </summary>
public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration["Storage:Provider"] ?? "Sqlite";
        if (string.Equals(provider, "Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            // The configuration is read when the first context is made, so that a test can still change it.
            services.AddPooledDbContextFactory<SqliteDialogueDb>(
                (container, options) =>
                    options
                        .UseSqlite(SqliteConnectionString(SqlitePath(container)))
                        .AddInterceptors(container.GetServices<IInterceptor>().Prepend(SqliteSettings.Instance))
            );
            services.AddContext<SqliteDialogueDb>();
            services.AddSingleton(new WhatIsErased(AlsoFromItsLog: true));
        }
        else if (string.Equals(provider, "SqlServer", StringComparison.OrdinalIgnoreCase))
        {
            services.AddPooledDbContextFactory<SqlServerDialogueDb>(
                (container, options) =>
                    options
                        .UseSqlServer(
                            SqlServerSettings.ConnectionString(
                                container.GetRequiredService<IConfiguration>().GetConnectionString("Dialogue")
                                    ?? throw new StartRefused("ConnectionStrings:Dialogue is missing; Storage:Provider is SqlServer.")
                            )
                        )
                        .AddInterceptors(container.GetServices<IInterceptor>().Prepend(SqlServerSettings.Instance))
            );
            services.AddContext<SqlServerDialogueDb>();
            services.AddSingleton(new WhatIsErased(AlsoFromItsLog: false));
        }
        else
        {
            throw new InvalidOperationException($"Storage:Provider is '{provider}'; it can be Sqlite or SqlServer.");
        }

        services.AddSingleton<DatabaseLock>();
        services.AddSingleton<SavingState>();
        // Keys live with the data: a restart signs nobody out and all nodes read each other's cookies.
        services.AddDataProtection().SetApplicationName("Dialogue").PersistKeysToDbContext<DialogueDb>();
        return services;
    }

    public static string SqliteConnectionString(string path) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 5,
        }.ToString();

    internal static string SqlitePath(IServiceProvider container)
    {
        var root = container.GetRequiredService<IHostEnvironment>().ContentRootPath;
        var path = container.GetRequiredService<IConfiguration>()["Storage:Path"];
        path = Path.GetFullPath(Path.Combine(root, string.IsNullOrEmpty(path) ? "data/dialogue.db" : path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static void AddContext<TContext>(this IServiceCollection services)
        where TContext : DialogueDb
    {
        services.AddScoped<DialogueDb>(container => container.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
        services.AddSingleton<IDbContextFactory<DialogueDb>, Factory<TContext>>();
    }

    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<DialogueDb>
        where TContext : DialogueDb
    {
        public DialogueDb CreateDbContext() => inner.CreateDbContext();

        public async Task<DialogueDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
