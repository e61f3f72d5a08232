using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dialogue.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SeatsAndTeams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_DialogueSeats_DialogueId_AccountId",
                table: "DialogueSeats");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "Cases");

            migrationBuilder.AddColumn<string>(
                name: "Level",
                table: "Dialogues",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Organisation");

            migrationBuilder.CreateTable(
                name: "DialogueTeams",
                columns: table => new
                {
                    DialogueId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AddedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AddedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DialogueTeams", x => new { x.DialogueId, x.AccountId });
                });

            migrationBuilder.CreateTable(
                name: "Newcomers",
                columns: table => new
                {
                    DialogueId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Perspective = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    TokenHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Newcomers", x => new { x.DialogueId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "SeatHandOvers",
                columns: table => new
                {
                    DialogueId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Seat = table.Column<int>(type: "int", nullable: false),
                    Digits = table.Column<string>(type: "nvarchar(6)", maxLength: 6, nullable: false),
                    LinkHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    EndsAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeatHandOvers", x => new { x.DialogueId, x.Seat });
                });

            migrationBuilder.CreateTable(
                name: "SeatNames",
                columns: table => new
                {
                    DialogueId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Seat = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(68)", maxLength: 68, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeatNames", x => new { x.DialogueId, x.Seat });
                });

            migrationBuilder.CreateIndex(
                name: "IX_DialogueSeats_DialogueId_AccountId",
                table: "DialogueSeats",
                columns: new[] { "DialogueId", "AccountId" },
                unique: true,
                filter: "[AccountId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DialogueTeams_AccountId",
                table: "DialogueTeams",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Newcomers_TokenHash",
                table: "Newcomers",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SeatHandOvers_LinkHash",
                table: "SeatHandOvers",
                column: "LinkHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DialogueTeams");

            migrationBuilder.DropTable(
                name: "Newcomers");

            migrationBuilder.DropTable(
                name: "SeatHandOvers");

            migrationBuilder.DropTable(
                name: "SeatNames");

            migrationBuilder.DropIndex(
                name: "IX_DialogueSeats_DialogueId_AccountId",
                table: "DialogueSeats");

            migrationBuilder.DropColumn(
                name: "Level",
                table: "Dialogues");

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "Cases",
                type: "nvarchar(max)",
                maxLength: 8600,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_DialogueSeats_DialogueId_AccountId",
                table: "DialogueSeats",
                columns: new[] { "DialogueId", "AccountId" });
        }
    }
}
