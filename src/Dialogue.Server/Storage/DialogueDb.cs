using Dialogue.Access;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dialogue.Storage;

/// <summary>
/// Everything that is stored. Each module maps its own tables in its <c>Rows.cs</c>
/// (an <see cref="IEntityTypeConfiguration{TEntity}"/> per row) and reaches them through <see cref="DbContext.Set{TEntity}()"/>;
/// this class knows no domain word. Moments are stored as UTC ticks, so that both databases can order them.
/// </summary>
public abstract class DialogueDb(DbContextOptions options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DialogueDb).Assembly);
        // Of a choice of several the longest text is that of all together.
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
            if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsDefined(typeof(FlagsAttribute), inherit: false))
                property.SetMaxLength(120);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private sealed class UtcTicks()
        : ValueConverter<DateTimeOffset, long>(moment => moment.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>The embedded default: one file beside the program, one node.</summary>
public sealed class SqliteDialogueDb(DbContextOptions<SqliteDialogueDb> options) : DialogueDb(options);

/// <summary>The larger installation: SQL Server, several equal nodes.</summary>
public sealed class SqlServerDialogueDb(DbContextOptions<SqlServerDialogueDb> options) : DialogueDb(options);
