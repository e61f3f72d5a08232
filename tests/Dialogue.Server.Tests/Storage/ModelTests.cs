using Dialogue.Dialogues;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Dialogue.Storage;

/// <summary>What SQL Server refuses and SQLite lets pass. No database is asked: the model and the script are read.</summary>
public sealed class ModelTests
{
    private const int MostInKey = 900,
        MostInIndex = 1700;

    /// <summary>Wide keys that may stay: SQL Server makes the table with a warning and would refuse only a longer value.</summary>
    private static readonly Dictionary<string, string> OfIdentity = new(StringComparer.Ordinal)
    {
        ["key IdentityUserLogin<Guid>(LoginProvider, ProviderKey)"] = "a table of the framework; nobody signs in through another provider",
        ["key IdentityUserToken<Guid>(UserId, LoginProvider, Name)"] = "a table of the framework; it holds no rows of ours",
    };

    private static SqlServerDialogueDb SqlServer() => new SqlServerAtDesignTime().CreateDbContext([]);

    private static SqliteDialogueDb Sqlite() => new SqliteAtDesignTime().CreateDbContext([]);

    private static IModel Model(DbContext db) => db.GetService<IDesignTimeModel>().Model;

    private static int Bytes(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        if (mapping.StoreType.Contains("(max)", StringComparison.OrdinalIgnoreCase))
            return int.MaxValue / 8;
        var type =
            Nullable.GetUnderlyingType(mapping.Converter?.ProviderClrType ?? property.ClrType)
            ?? mapping.Converter?.ProviderClrType
            ?? property.ClrType;
        if (type == typeof(string))
            return (property.GetMaxLength() ?? mapping.Size) is { } length
                ? length * (property.IsUnicode() == false ? 1 : 2)
                : int.MaxValue / 8;
        if (type == typeof(byte[]))
            return property.GetMaxLength() ?? mapping.Size ?? int.MaxValue / 8;
        return type == typeof(Guid) || type == typeof(decimal) ? 16 : 8;
    }

    private static string Of(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(property => property.Name));

    private static IEnumerable<string> TooWide(IModel model) =>
        model
            .GetEntityTypes()
            .SelectMany(type =>
                type.GetKeys()
                    .Where(key => key.Properties.Sum(Bytes) > MostInKey)
                    .Select(key => $"key {type.DisplayName()}({Of(key.Properties)})")
                    .Concat(
                        type.GetIndexes()
                            .Where(index => index.Properties.Sum(Bytes) > MostInIndex)
                            .Select(index => $"index {type.DisplayName()}({Of(index.Properties)})")
                    )
            );

    /// <summary>Tables that a delete reaches along two ways, or again.</summary>
    private static IEnumerable<string> CascadesTwice(IModel model)
    {
        var steps = model
            .GetEntityTypes()
            .SelectMany(type => type.GetForeignKeys())
            .Where(key => key is { IsOwnership: false, DeleteBehavior: DeleteBehavior.Cascade or DeleteBehavior.SetNull })
            .Select(key => (From: key.PrincipalEntityType.GetTableName()!, To: key.DeclaringEntityType.GetTableName()!))
            .ToArray();
        foreach (var start in steps.Select(step => step.From).Distinct(StringComparer.Ordinal))
        {
            var reached = new List<string> { start };
            for (var i = 0; i < reached.Count && i < 1000; i++)
                reached.AddRange(steps.Where(step => step.From == reached[i]).Select(step => step.To));
            foreach (var twice in reached.GroupBy(table => table, StringComparer.Ordinal).Where(group => group.Count() > 1))
                yield return $"{start} → {twice.Key}";
        }
    }

    [Fact]
    public void Keys_and_indexes_fit_in_SQL_Server()
    {
        using var db = SqlServer();
        Model(db).GetEntityTypes().SelectMany(type => type.GetKeys()).Count().ShouldBeGreaterThan(15);
        TooWide(Model(db)).Except(OfIdentity.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void A_delete_reaches_no_table_along_two_ways()
    {
        using var db = SqlServer();
        CascadesTwice(Model(db)).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_no_sequences_schemas_or_row_versions()
    {
        using var db = SqlServer();
        var model = Model(db);
        model.GetSequences().ShouldBeEmpty();
        model.GetDefaultSchema().ShouldBeNull();
        model.GetEntityTypes().Where(type => type.GetSchema() is not null).ShouldBeEmpty();
        model
            .GetEntityTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.ClrType == typeof(byte[]) && property.IsConcurrencyToken)
            .ShouldBeEmpty();
        model
            .GetEntityTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.GetColumnType() is "rowversion" or "timestamp")
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_wide_key_a_wide_index_and_a_cascade_along_two_ways()
    {
        using var db = new PlantedDb(new DbContextOptionsBuilder<PlantedDb>().UseSqlServer("Server=none").Options);
        TooWide(Model(db)).ShouldBe(["key PlantedTop(Id)", "index PlantedLeft(Story)"], ignoreOrder: true);
        CascadesTwice(Model(db)).ShouldBe(["PlantedTop → PlantedBottom"]);
    }

    [Fact]
    public void Both_databases_have_a_migration_for_the_model_as_it_is()
    {
        using var sqlite = Sqlite();
        using var sqlServer = SqlServer();
        sqlite.Database.GetMigrations().ShouldNotBeEmpty();
        sqlite.Database.HasPendingModelChanges().ShouldBeFalse("make a migration for SQLite: the commands are in Storage/DesignTime.cs");
        sqlServer
            .Database.HasPendingModelChanges()
            .ShouldBeFalse("make a migration for SQL Server: the commands are in Storage/DesignTime.cs");
    }

    [Fact]
    public void Both_models_have_the_same_tables_and_columns()
    {
        using var sqlite = Sqlite();
        using var sqlServer = SqlServer();
        Columns(sqlServer).ShouldBe(Columns(sqlite));

        static string[] Columns(DbContext db) =>
            [
                .. Model(db)
                    .GetEntityTypes()
                    .SelectMany(type =>
                        type.GetProperties().Select(property => $"{type.GetTableName()}.{property.GetColumnName()} {property.IsNullable}")
                    )
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public void The_script_for_SQL_Server_is_T_SQL()
    {
        using var db = SqlServer();
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        script.ShouldContain("DialogueEvents");
        script.ShouldContain("SealedEntries");
        Errors(script).ShouldBeEmpty();
    }

    [Fact]
    public void The_statements_of_the_log_are_T_SQL()
    {
        foreach (var sql in (string[])[LogSql.First, LogSql.Next, LogSql.Receipt])
        {
            // Whether a row was written is told by the row, never by a count of rows (J2).
            var statement = ReturningSql.For(sqlServer: true, sql);
            statement.ShouldContain("OUTPUT inserted.");
            Errors(statement).ShouldBeEmpty(statement);
            ReturningSql.For(sqlServer: false, sql).ShouldContain("RETURNING ");
        }
        Errors("INSERT INTO t (a) SELECT 1 WHERE a = LIMIT 1").ShouldNotBeEmpty();
    }

    [Fact, Trait("Finding", "J7")]
    public void Every_choice_fits_in_its_column_with_all_flags_set()
    {
        using var db = SqlServer();
        var choices = Model(db)
            .GetEntityTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum)
            .ToArray();
        choices.Length.ShouldBeGreaterThan(5);
        foreach (var property in choices)
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            var names = Enum.GetNames(type);
            var longest = type.IsDefined(typeof(FlagsAttribute), inherit: false)
                ? string.Join(", ", names).Length
                : names.Max(name => name.Length);
            (property.GetMaxLength() ?? int.MaxValue).ShouldBeGreaterThanOrEqualTo(
                longest,
                $"{property.DeclaringType.DisplayName()}.{property.Name}"
            );
        }
    }

    [Theory, Trait("Finding", "J4")]
    [InlineData("Server=s;Database=d", "NeverBlock", 5, 5, 0)]
    [InlineData("Server=s;Database=d;Connect Timeout=40;Pool Blocking Period=Auto", "Auto", 40, 5, 0)]
    public void What_the_administrator_did_not_say_about_a_connection_makes_it_fail_soon(
        string given,
        string blocking,
        int connect,
        int command,
        int retries
    )
    {
        var settings = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(SqlServerSettings.ConnectionString(given));
        (settings.PoolBlockingPeriod.ToString(), settings.ConnectTimeout, settings.CommandTimeout, settings.ConnectRetryCount).ShouldBe(
            (blocking, connect, command, retries)
        );
    }

    [Fact, Trait("Finding", "J4")]
    public void A_connection_with_several_results_at_once_is_refused_at_start() =>
        Should
            .Throw<StartRefused>(() => SqlServerSettings.ConnectionString("Server=s;MultipleActiveResultSets=True"))
            .Message.ShouldContain("MultipleActiveResultSets");

    private static IEnumerable<string> Errors(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(error => $"{error.Line}: {error.Message}");
    }

    private sealed class PlantedDb(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            builder.Entity<PlantedTop>(row => row.Property(top => top.Id).HasMaxLength(500));
            builder.Entity<PlantedLeft>(row =>
            {
                row.HasIndex(left => left.Story);
                row.Property(left => left.Story).HasColumnType("nvarchar(max)");
                row.HasOne<PlantedTop>().WithMany().HasForeignKey("TopId").IsRequired();
            });
            builder.Entity<PlantedBottom>(row =>
            {
                row.HasOne<PlantedTop>().WithMany().HasForeignKey("TopId").IsRequired();
                row.HasOne<PlantedLeft>().WithMany().HasForeignKey("LeftId").IsRequired();
            });
        }
    }

    private sealed class PlantedTop
    {
        public string Id { get; set; } = "";
    }

    private sealed class PlantedLeft
    {
        public int Id { get; set; }
        public string Story { get; set; } = "";
    }

    private sealed class PlantedBottom
    {
        public int Id { get; set; }
    }
}
