using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Dialogue.Storage;

// For `dotnet ef` only; neither needs a database to make a migration:
//   dotnet ef migrations add NAME --context SqliteDialogueDb    --output-dir Storage/Migrations/Sqlite    --project src/Dialogue.Server
//   dotnet ef migrations add NAME --context SqlServerDialogueDb --output-dir Storage/Migrations/SqlServer --project src/Dialogue.Server

internal sealed class SqliteAtDesignTime : IDesignTimeDbContextFactory<SqliteDialogueDb>
{
    public SqliteDialogueDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDialogueDb>().UseSqlite("Data Source=design-time.db").Options);
}

internal sealed class SqlServerAtDesignTime : IDesignTimeDbContextFactory<SqlServerDialogueDb>
{
    public SqlServerDialogueDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerDialogueDb>().UseSqlServer("Server=design-time").Options);
}
